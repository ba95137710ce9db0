package dev.weft.filter.cel;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelIssue;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import dev.cel.common.types.CelKind;
import dev.cel.common.types.CelType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerBuilder;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelStandardMacro;
import dev.weft.config.Node;
import dev.weft.config.Problems;
import dev.weft.filter.cel.CelExpression.Use;
import java.util.Optional;
import java.util.Set;

/** Reads and checks expressions. */
final class CelReader {

    /** In characters. */
    static final int LONGEST = 5_000;

    /** How deep an expression may be nested. */
    static final int DEEPEST = 100;

    static final int MOST_NODES = 2_000;

    private static final CelCompiler COMPILER = compiler();

    private CelReader() {}

    private static CelCompiler compiler() {
        CelCompilerBuilder builder = CelCompilerFactory.standardCelCompilerBuilder()
                .setOptions(Functions.OPTIONS)
                .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
                .addVar(Variables.DATA, SimpleType.DYN)
                .addVar(Variables.EVENT, MapType.create(SimpleType.STRING, SimpleType.STRING))
                .addVar(Variables.TIME, SimpleType.TIMESTAMP);
        Variables.TEXTS.forEach(name -> builder.addVar(name, SimpleType.STRING));
        return builder.build();
    }

    /** Returns the expression; nothing if it cannot be read, and then each mistake is a problem. */
    static Optional<CelExpression> read(String text, Use use, Node at, Problems problems) {
        Mistakes mistakes = new Mistakes(text, at, problems);
        if (text.isBlank()) {
            mistakes.add("an empty expression", "a CEL expression");
            return Optional.empty();
        }
        if (text.codePointCount(0, text.length()) > LONGEST) {
            mistakes.add(
                    "an expression of " + text.codePointCount(0, text.length()) + " characters", "at most " + LONGEST);
            return Optional.empty();
        }
        return parsed(text, mistakes)
                .flatMap(tree -> checked(tree, use, mistakes))
                .map(Translator::program)
                .map(program -> new CelExpression(text, use, program));
    }

    /** Returns the program of an expression that was read before. */
    static Program program(String text, Use use) {
        try {
            CelAbstractSyntaxTree tree = COMPILER.parse(text).getAst();
            Set<String> extensions = Names.of(tree).extensions();
            return Translator.program(with(extensions).check(tree).getAst());
        } catch (CelValidationException e) {
            throw new IllegalStateException("read before, as a " + use + ": " + text, e);
        }
    }

    private static Optional<CelAbstractSyntaxTree> parsed(String text, Mistakes mistakes) {
        CelValidationResult result = COMPILER.parse(text);
        for (CelIssue issue : result.getErrors()) {
            mistakes.addSyntax(issue);
        }
        return tree(result);
    }

    private static Optional<CelAbstractSyntaxTree> checked(CelAbstractSyntaxTree tree, Use use, Mistakes mistakes) {
        Names names = Names.of(tree);
        if (names.report(mistakes)) {
            return Optional.empty();
        }
        CelValidationResult result = with(names.extensions()).check(tree);
        for (CelIssue issue : result.getErrors()) {
            mistakes.addOfTypes(issue);
        }
        return tree(result).filter(checked -> fits(checked.getResultType(), use, mistakes));
    }

    private static Optional<CelAbstractSyntaxTree> tree(CelValidationResult result) {
        try {
            return result.hasError() ? Optional.empty() : Optional.of(result.getAst());
        } catch (CelValidationException e) {
            throw new IllegalStateException("without an error", e);
        }
    }

    /** What is known only when an event comes must be let through: no field of a payload has a type before. */
    private static boolean fits(CelType type, Use use, Mistakes mistakes) {
        boolean fits = use == Use.VALUE || type.kind() == CelKind.BOOL || type.kind() == CelKind.DYN;
        if (!fits) {
            mistakes.add("an expression of the type " + type.name(), "one that is true or false");
        }
        return fits;
    }

    private static CelCompiler with(Set<String> extensions) {
        if (extensions.isEmpty()) {
            return COMPILER;
        }
        CelCompilerBuilder builder = COMPILER.toCompilerBuilder();
        extensions.forEach(name -> builder.addVar(name, SimpleType.STRING));
        return builder.build();
    }
}
