package dev.weft.filter.cel;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelIssue;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import dev.cel.common.types.CelKind;
import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
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

    /** What the grammar keeps for itself, now or later. */
    static final Set<String> KEYWORDS = Set.of(
            "as",
            "break",
            "const",
            "continue",
            "else",
            "false",
            "for",
            "function",
            "if",
            "import",
            "in",
            "let",
            "loop",
            "namespace",
            "null",
            "package",
            "return",
            "true",
            "var",
            "void",
            "while");

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
    static Optional<CelExpression> read(String text, Use use, Scope scope, Node at, Problems problems) {
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
                .flatMap(tree -> checked(tree, use, scope, mistakes))
                .map(tree -> new CelExpression(text, use, scope, Translator.program(tree, scope)));
    }

    /** Returns the program of an expression that was read before. */
    static Program program(String text, Use use, Scope scope) {
        try {
            CelAbstractSyntaxTree tree = COMPILER.parse(text).getAst();
            Set<String> extensions = Names.of(tree, scope).extensions();
            return Translator.program(with(extensions, scope).check(tree).getAst(), scope);
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

    private static Optional<CelAbstractSyntaxTree> checked(
            CelAbstractSyntaxTree tree, Use use, Scope scope, Mistakes mistakes) {
        Names names = Names.of(tree, scope);
        if (names.report(mistakes)) {
            return Optional.empty();
        }
        CelValidationResult result = with(names.extensions(), scope).check(tree);
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

    private static CelCompiler with(Set<String> extensions, Scope scope) {
        if (extensions.isEmpty() && !scope.hasSteps()) {
            return COMPILER;
        }
        CelCompilerBuilder builder = COMPILER.toCompilerBuilder();
        extensions.forEach(name -> builder.addVar(name, SimpleType.STRING));
        if (scope.hasSteps()) {
            scope.steps().keySet().forEach(name -> builder.addVar(name, SimpleType.DYN));
            scope.values().forEach((name, kind) -> builder.addVar(name, type(kind)));
            builder.addVar(Scope.LAST, SimpleType.INT);
            Scope.AGGREGATES.forEach(name -> builder.addFunctionDeclarations(aggregate(name)));
        }
        return builder.build();
    }

    private static CelType type(Scope.Kind kind) {
        return switch (kind) {
            case EVENT -> SimpleType.DYN;
            case TEXT -> SimpleType.STRING;
            case TIMESTAMP -> SimpleType.TIMESTAMP;
            case MAP -> MapType.create(SimpleType.STRING, SimpleType.DYN);
        };
    }

    private static CelFunctionDecl aggregate(String name) {
        CelType result = switch (name) {
            case "count" -> SimpleType.INT;
            case "avg" -> SimpleType.DOUBLE;
            case "distinct" -> ListType.create(SimpleType.DYN);
            default -> SimpleType.DYN;
        };
        return CelFunctionDecl.newFunctionDeclaration(
                name, CelOverloadDecl.newGlobalOverload(name + "_of", result, SimpleType.DYN));
    }
}
