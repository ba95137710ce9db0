package dev.weft.workflow.jq;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.List;
import net.thisptr.jackson.jq.Expression;
import net.thisptr.jackson.jq.Function;
import net.thisptr.jackson.jq.PathOutput;
import net.thisptr.jackson.jq.Scope;
import net.thisptr.jackson.jq.Version;
import net.thisptr.jackson.jq.exception.JsonQueryException;
import net.thisptr.jackson.jq.path.Path;
import org.joni.Region;

/** What {@code sub} and {@code gsub} rest on; a replacement is one text. */
final class RegexReplacement implements Function {

    @Override
    public void apply(Scope scope, List<Expression> args, JsonNode in, Path path, PathOutput output, Version version)
            throws JsonQueryException {
        String text = RegexSearch.text("the input of a replacement", in);
        args.get(0)
                .apply(
                        scope,
                        in,
                        regex -> args.get(2).apply(scope, in, flags -> {
                            RegexSearch search =
                                    RegexSearch.of(RegexSearch.text("a regular expression", regex), flags, text);
                            output.emit(
                                    new TextNode(
                                            replaced(search, captures -> replacement(scope, args.get(1), captures))),
                                    null);
                        }));
    }

    private interface Replacement {
        String of(ObjectNode captures) throws JsonQueryException;
    }

    private static String replaced(RegexSearch search, Replacement replacement) throws JsonQueryException {
        StringBuilder replaced = new StringBuilder();
        int copied = 0;
        int offset = 0;
        while (offset <= search.length() && search.find(offset)) {
            Metered.meter().visit();
            replaced.append(search.text(copied, search.begin())).append(replacement.of(captures(search)));
            Metered.meter().checkLength(replaced.length());
            copied = search.end();
            offset = search.end() == search.begin() ? search.next(search.end()) : search.end();
            if (!search.isGlobal()) {
                break;
            }
        }
        return replaced.append(search.text(copied, search.length())).toString();
    }

    private static String replacement(Scope scope, Expression expression, JsonNode captures) throws JsonQueryException {
        List<JsonNode> texts = new ArrayList<>(1);
        expression.apply(scope, captures, texts::add);
        if (texts.size() != 1 || !texts.get(0).isTextual()) {
            throw new JsonQueryException("a replacement must be one text");
        }
        return texts.get(0).textValue();
    }

    private static ObjectNode captures(RegexSearch search) {
        ObjectNode captures = JsonNodeFactory.instance.objectNode();
        Region groups = search.groups();
        for (int i = 1; groups != null && i < groups.getNumRegs(); i++) {
            String name = search.name(i);
            if (name != null) {
                captures.put(name, groups.getBeg(i) < 0 ? null : search.text(groups.getBeg(i), groups.getEnd(i)));
            }
        }
        return captures;
    }
}
