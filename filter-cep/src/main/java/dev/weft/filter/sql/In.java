package dev.weft.filter.sql;

import java.util.ArrayList;
import java.util.List;

/**
 * {@code x IN (a, b)}. The members are cast to the type of {@code x}, from left to right and all of them: only AND and
 * OR are short-circuit evaluated.
 */
public record In(SqlNode of, List<SqlNode> members, boolean negated) implements SqlNode.Operation {

    static final int TIGHTNESS = 5;

    public In {
        members = List.copyOf(members);
    }

    @Override
    public Object evaluate(Attributes attributes) {
        Object value = of.evaluate(attributes);
        if (value instanceof Failure) {
            return value;
        }
        SqlType type = SqlType.of(value);
        boolean found = false;
        for (int i = 0; i < members.size(); i++) {
            Object member = members.get(i).evaluate(attributes);
            Object same = member instanceof Failure ? member : type.cast(member);
            if (same instanceof Failure) {
                return same;
            }
            found |= value.equals(same);
        }
        return found != negated;
    }

    @Override
    public List<SqlNode> children() {
        List<SqlNode> children = new ArrayList<>(members);
        children.add(0, of);
        return children;
    }

    @Override
    public int tightness() {
        return TIGHTNESS;
    }

    @Override
    public void writeTo(StringBuilder into) {
        SqlText.compared(of, TIGHTNESS, into);
        into.append(negated ? " NOT IN " : " IN ");
        SqlText.list(members, into);
    }
}
