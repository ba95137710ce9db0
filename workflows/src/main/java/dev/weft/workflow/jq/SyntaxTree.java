package dev.weft.workflow.jq;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import net.thisptr.jackson.jq.Expression;
import net.thisptr.jackson.jq.internal.misc.Pair;
import net.thisptr.jackson.jq.internal.tree.FieldConstruction;
import net.thisptr.jackson.jq.internal.tree.PipeComponent;
import net.thisptr.jackson.jq.internal.tree.matcher.PatternMatcher;
import net.thisptr.jackson.jq.internal.tree.matcher.matchers.ObjectMatcher;
import org.jspecify.annotations.Nullable;

/**
 * The parts of an expression, which jackson-jq parses well and keeps to itself. Its fields are read and written by
 * name; tests that compare every kind of expression with the library itself fail where a newer version has others.
 */
final class SyntaxTree {

    private static final Map<Class<?>, List<Field>> FIELDS = new ConcurrentHashMap<>();

    private SyntaxTree() {}

    /** Shows every part to {@code visitor}, the whole first. */
    static void walk(Object part, Consumer<Object> visitor) {
        if (part instanceof Collection<?> parts) {
            parts.forEach(each -> walk(each, visitor));
        } else if (isPart(part)) {
            visitor.accept(part);
            for (Field field : fields(part.getClass())) {
                Object value = read(field, part);
                if (value != null) {
                    walk(value, visitor);
                }
            }
        }
    }

    /** Replaces every expression inside of {@code part} by what {@code replacement} makes of it, innermost first. */
    static void replaceInside(Object part, UnaryOperator<Expression> replacement) {
        for (Field field : fields(part.getClass())) {
            Object value = read(field, part);
            if (value instanceof Expression expression) {
                write(field, part, replaced(expression, replacement));
            } else if (value instanceof List<?> parts) {
                write(field, part, replacedAll(parts, replacement));
            } else if (value != null && isPart(value)) {
                replaceInside(value, replacement);
            }
        }
    }

    /** Replaces {@code expression} and every expression inside of it. */
    static Expression replaced(Expression expression, UnaryOperator<Expression> replacement) {
        replaceInside(expression, replacement);
        return replacement.apply(expression);
    }

    /** Replaces the values of a type that {@code part} itself holds. */
    static <T> void replaceOwn(Object part, Class<T> type, UnaryOperator<T> replacement) {
        for (Field field : fields(part.getClass())) {
            Object value = read(field, part);
            if (type.isInstance(value)) {
                write(field, part, replacement.apply(type.cast(value)));
            }
        }
    }

    /** Replaces the expression that {@code part} itself holds under that name. */
    static void replaceOwn(Object part, String name, UnaryOperator<Expression> replacement) {
        for (Field field : fields(part.getClass())) {
            if (field.getName().equals(name) && read(field, part) instanceof Expression expression) {
                write(field, part, replacement.apply(expression));
            }
        }
    }

    /** Returns the value of the field of that name. */
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // whoever asks knows the library's field
    static <T> T get(Object part, String name) {
        return (T) Objects.requireNonNull(find(part, name));
    }

    /** Returns the value of the field of that name, which may be null. */
    static @Nullable Object find(Object part, String name) {
        for (Field field : fields(part.getClass())) {
            if (field.getName().equals(name)) {
                return read(field, part);
            }
        }
        throw new IllegalStateException(part.getClass() + " has no field " + name);
    }

    private static List<Object> replacedAll(List<?> parts, UnaryOperator<Expression> replacement) {
        List<Object> replaced = new ArrayList<>(parts.size());
        for (Object part : parts) {
            if (part instanceof Expression expression) {
                replaced.add(replaced(expression, replacement));
            } else {
                if (isPart(part)) {
                    replaceInside(part, replacement);
                }
                replaced.add(part);
            }
        }
        return replaced;
    }

    private static boolean isPart(Object value) {
        return value instanceof Expression
                || value instanceof PipeComponent
                || value instanceof FieldConstruction
                || value instanceof PatternMatcher
                || value instanceof ObjectMatcher.FieldMatcher
                || value instanceof Pair;
    }

    private static List<Field> fields(Class<?> type) {
        return FIELDS.computeIfAbsent(type, SyntaxTree::declaredBy);
    }

    private static List<Field> declaredBy(Class<?> type) {
        List<Field> fields = new ArrayList<>();
        for (Class<?> each = type; each != null && each != Object.class; each = each.getSuperclass()) {
            for (Field field : each.getDeclaredFields()) {
                if (!Modifier.isStatic(field.getModifiers())) {
                    field.setAccessible(true);
                    fields.add(field);
                }
            }
        }
        return fields;
    }

    private static @Nullable Object read(Field field, Object part) {
        try {
            return field.get(part);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void write(Field field, Object part, Object value) {
        try {
            field.set(part, value);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }
}
