/** Nobody looks at the window: the page is laid out as ever, and nothing is painted, which costs more than all else. */
export async function minimize(session) {
  const { windowId } = await session.send("Browser.getWindowForTarget");
  await session.send("Browser.setWindowBounds", { windowId, bounds: { windowState: "minimized" } });
}
