package dev.weft.filter.sql;

import java.util.List;

/** A function called; as many arguments as it takes. */
public record Call(SqlFunction function, List<SqlNode> arguments) implements SqlNode.Operand {

    public Call {
        arguments = List.copyOf(arguments);
    }

    @Override
    public Object evaluate(Attributes attributes) {
        Object[] values = new Object[arguments.size()];
        for (int i = 0; i < values.length; i++) {
            Object value = arguments.get(i).evaluate(attributes);
            Object cast =
                    value instanceof Failure ? value : function.parameter(i).cast(value);
            if (cast instanceof Failure) {
                return cast;
            }
            values[i] = cast;
        }
        return function.apply(values);
    }

    @Override
    public SqlType type() {
        return function.result();
    }

    @Override
    public List<SqlNode> children() {
        return arguments;
    }

    @Override
    public void writeTo(StringBuilder into) {
        into.append(function);
        SqlText.list(arguments, into);
    }
}
