package dev.weft.function.jvm;

import dev.weft.function.FunctionType;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import org.apache.flink.statefun.sdk.java.StatefulFunction;
import org.apache.flink.statefun.sdk.java.StatefulFunctionSpec;

/**
 * Finds functions among classes: what public static fields of the type {@link StatefulFunctionSpec} hold. Such a field
 * is what the SDK's own examples have.
 */
public final class FunctionClasses {

    private FunctionClasses() {}

    /**
     * Returns the functions of a class, by their types.
     *
     * @throws NoFunctionsException if there is no such class, or it cannot be used, or holds no function, or two of one
     *     type
     */
    public static Map<FunctionType, StatefulFunctionSpec> of(String className, ClassLoader loader)
            throws NoFunctionsException {
        Map<FunctionType, StatefulFunctionSpec> specs = new LinkedHashMap<>();
        collect(load(className, loader), specs);
        return specs;
    }

    /**
     * Returns the functions of all classes that jars name as a service {@link StatefulFunction}, by their types. The
     * classes are not instantiated for that.
     *
     * @throws NoFunctionsException as above, or if no class is named
     */
    public static Map<FunctionType, StatefulFunctionSpec> discovered(ClassLoader loader) throws NoFunctionsException {
        Map<FunctionType, StatefulFunctionSpec> specs = new LinkedHashMap<>();
        for (Class<?> provider : providers(loader)) {
            collect(provider, specs);
        }
        if (specs.isEmpty()) {
            throw new NoFunctionsException(
                    "no class that is named in META-INF/services/" + StatefulFunction.class.getName());
        }
        return specs;
    }

    private static Class<?> load(String className, ClassLoader loader) throws NoFunctionsException {
        try {
            return Class.forName(className, false, loader);
        } catch (ClassNotFoundException e) {
            throw new NoFunctionsException("no class " + className, e);
        } catch (LinkageError e) {
            throw new NoFunctionsException("class " + className + ", which cannot be loaded: " + e, e);
        }
    }

    private static List<Class<?>> providers(ClassLoader loader) throws NoFunctionsException {
        try {
            List<Class<?>> classes = new ArrayList<>();
            ServiceLoader.load(StatefulFunction.class, loader).stream()
                    .map(ServiceLoader.Provider::type)
                    .forEach(classes::add);
            return classes;
        } catch (ServiceConfigurationError e) {
            throw new NoFunctionsException("a service that cannot be used: " + e.getMessage(), e);
        }
    }

    private static void collect(Class<?> of, Map<FunctionType, StatefulFunctionSpec> specs)
            throws NoFunctionsException {
        boolean foundSome = false;
        for (Field field : of.getDeclaredFields()) {
            if (field.getType() == StatefulFunctionSpec.class
                    && Modifier.isPublic(field.getModifiers())
                    && Modifier.isStatic(field.getModifiers())) {
                foundSome = true;
                add(field, specs);
            }
        }
        if (!foundSome) {
            throw new NoFunctionsException(
                    "class " + of.getName() + " without a public static field of the type StatefulFunctionSpec");
        }
    }

    private static void add(Field field, Map<FunctionType, StatefulFunctionSpec> specs) throws NoFunctionsException {
        String place = field.getDeclaringClass().getName() + "." + field.getName();
        StatefulFunctionSpec spec;
        try {
            field.setAccessible(true); // the class may be one of its package only
            spec = (StatefulFunctionSpec) field.get(null);
        } catch (IllegalAccessException | RuntimeException e) {
            throw new NoFunctionsException("field " + place + ", which cannot be read: " + e, e);
        } catch (LinkageError e) { // its class cannot be initialized
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new NoFunctionsException("field " + place + ", whose class fails to begin: " + cause, e);
        }
        if (spec == null) {
            throw new NoFunctionsException("field " + place + " with null");
        }
        FunctionType type = Translation.type(spec.typeName());
        if (specs.putIfAbsent(type, spec) != null) {
            throw new NoFunctionsException("two functions of the type " + type + ", the second in " + place);
        }
    }
}
