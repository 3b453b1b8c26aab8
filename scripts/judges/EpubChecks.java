import com.adobe.epubcheck.tool.EpubChecker;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * Runs EPUBCheck over many EPUBs in one Java: java -cp epubcheck.jar EpubChecks.java EPUB...
 *
 * <p>EPUBCheck's own program takes a single book and is slow to start; here it is called once for each. Prints a line
 * of JSON for each book as soon as it is judged: { "number": from 0, "code": its exit code, "report": its JSON report,
 * null if it gave none }.
 */
public class EpubChecks {
  public static void main(String[] files) {
    PrintStream out = System.out;
    for (int number = 0; number < files.length; number++) {
      ByteArrayOutputStream printed = new ByteArrayOutputStream();
      int code = 70;
      try {
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        code = new EpubChecker().run(new String[] {files[number], "--quiet", "--json", "-"});
      } catch (Exception | StackOverflowError error) {
        System.err.println(error.toString().replaceAll("\\s+", " "));
      } finally {
        System.setOut(out);
      }
      // Between the parts of a JSON text a line break is a blank; inside a string it is escaped.
      String report = printed.toString(StandardCharsets.UTF_8).replaceAll("\\R", " ").strip();
      out.printf("{\"number\": %d, \"code\": %d, \"report\": %s}%n", number, code, report.isEmpty() ? "null" : report);
      out.flush();
    }
  }
}
