package dev.weft.job.imports;

import dev.weft.config.Node;
import java.util.Optional;
import java.util.regex.Pattern;

/** How a template of another system writes its variables, and what each of them is in a transform. */
interface TemplateVariables {

    /** Returns the form of a variable; its first group is what stands between the signs that mark it. */
    Pattern form();

    /** Returns what words between variables mean, where the system has escapes. */
    String words(String written);

    /** Returns what stands in a template where the variable stands alone; nothing if that cannot be said. */
    Optional<Node> alone(String variable, Placed at);

    /** Returns what stands in a template where the variable stands within a text; nothing if that cannot be said. */
    Optional<String> insideText(String variable, Placed at);
}
