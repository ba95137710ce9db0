package dev.weft.filter.sql;

import java.util.List;

/** {@code x LIKE 'pattern'}; {@code x} is cast to text. */
public record Like(SqlNode of, LikePattern pattern, boolean negated) implements SqlNode.Operation {

    static final int TIGHTNESS = 6;

    @Override
    public Object evaluate(Attributes attributes) {
        Object value = of.evaluate(attributes);
        return value instanceof Failure ? value : (Object) (pattern.matches(value.toString()) != negated);
    }

    @Override
    public List<SqlNode> children() {
        return List.of(of);
    }

    @Override
    public int tightness() {
        return TIGHTNESS;
    }

    @Override
    public void writeTo(StringBuilder into) {
        SqlText.compared(of, TIGHTNESS, into);
        into.append(negated ? " NOT LIKE " : " LIKE ").append(SqlText.quoted(pattern.text()));
    }
}
