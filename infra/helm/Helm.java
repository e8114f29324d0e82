import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.List;

/** The two commands of Helm that reading a chart needs, with its arguments: see helm.sh. */
public class Helm {
  public static void main(String[] given) throws Exception {
    var arguments = new ArrayDeque<>(List.of(given));
    try {
      System.out.println(run(arguments));
    } catch (RuntimeException error) {
      System.err.println(error.getMessage());
      System.exit(1);
    }
  }

  static String run(ArrayDeque<String> arguments) throws Exception {
    var command = arguments.isEmpty() ? "" : arguments.poll();
    switch (command) {
      case "version":
        return com.marcnuri.helm.Helm.version().call();
      case "lint": {
        var lint = new com.marcnuri.helm.Helm(Path.of(arguments.poll())).lint();
        if (arguments.contains("--strict")) lint = lint.strict();
        var result = lint.call();
        var said = String.join("\n", result.getMessages());
        if (result.isFailed()) throw new IllegalStateException(said);
        return said;
      }
      case "template": {
        var release = arguments.poll();
        var template = new com.marcnuri.helm.Helm(Path.of(arguments.poll())).template().withName(release);
        // Without a cluster to ask, the library takes itself for a very old one.
        template = template.withKubeVersion("1.34.0");
        while (!arguments.isEmpty()) {
          var option = arguments.poll();
          if (option.equals("--namespace")) template = template.withNamespace(arguments.poll());
          else if (option.equals("--values")) template = template.withValuesFile(Path.of(arguments.poll()));
          else throw new IllegalArgumentException("unknown option " + option);
        }
        return template.call();
      }
      default:
        throw new IllegalArgumentException("usage: version | lint <chart> [--strict] | template <release> <chart> [--namespace <name>] [--values <file>]");
    }
  }
}
