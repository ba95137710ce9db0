package dev.weft.workflow.classic;

import dev.weft.config.Field;
import dev.weft.config.Fields;
import dev.weft.config.Scalar;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Tells which errors are meant by names of 0.8. An error with a number as its code has that status; with any other
 * code, or none, its type ends with the code or the name, or its title is that. {@code DefaultErrorRef} is any error.
 */
final class Errors {

    private static final String ANY = "DefaultErrorRef";

    private final Library library;

    Errors(Library library) {
        this.library = library;
    }

    /** Returns the condition on {@code $error} that one of the errors holds that a field names. */
    String named(Field field) {
        List<Scalar> names = field.texts("the name of an error").orElse(List.of());
        return names.isEmpty()
                ? "false"
                : names.stream().map(this::condition).collect(Collectors.joining(" or ", "(", ")"));
    }

    /** Returns the condition on {@code $error} that it is an error of that name. */
    String condition(Scalar name) {
        if (name.text().equals(ANY)) {
            return "true";
        }
        return library.errors().at(name).map(it -> condition(name.text(), it)).orElse("true");
    }

    private static String condition(String name, Fields error) {
        String code = error.optional("code").text().orElse(name);
        error.optional("name").text();
        error.optional("description").node("text");
        error.close();
        if (code.matches("[1-5]\\d\\d")) {
            return "$error.status == " + code;
        }
        String text = code.replace("\\", "\\\\").replace("\"", "\\\"");
        return "($error.type // \"\" | endswith(\"/" + text + "\")) or $error.type == \"" + text
                + "\" or $error.title == \"" + text + "\"";
    }
}
