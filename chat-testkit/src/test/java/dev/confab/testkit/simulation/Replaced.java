package dev.confab.testkit.simulation;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;

/** A port of which one call does something else. */
final class Replaced {

    private Replaced() {}

    /** What is done instead. */
    @FunctionalInterface
    interface Instead<T> {
        @Nullable
        Object call(T real, Object[] arguments);
    }

    static <T> T call(Class<T> type, T real, String name, Instead<T> instead) {
        return type.cast(Proxy.newProxyInstance(
                Replaced.class.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    if (method.getName().equals(name)) {
                        return instead.call(real, arguments);
                    }
                    try {
                        return method.invoke(real, arguments);
                    } catch (InvocationTargetException thrown) {
                        throw thrown.getCause();
                    }
                }));
    }
}
