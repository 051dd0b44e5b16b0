package dev.confab.testkit.simulation;

import dev.confab.chat.port.out.StoreUnavailableException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;

/**
 * A port as one process sees it: each call is one step, behind which others may have their turn, and may fail before or
 * after it was done. What was done is shown to the judge in the same step.
 */
final class SteppedPort implements InvocationHandler {

    private final Object real;
    private final Node node;

    private SteppedPort(Object real, Node node) {
        this.real = real;
        this.node = node;
    }

    static <T> T of(Class<T> type, T real, Node node) {
        return type.cast(Proxy.newProxyInstance(
                SteppedPort.class.getClassLoader(), new Class<?>[] {type}, new SteppedPort(real, node)));
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
        if (method.getDeclaringClass() == Object.class) {
            return method.invoke(this, arguments);
        }
        node.requireAlive();
        World world = node.world();
        if (!method.getName().equals("relay")) {
            world.story().tell(() -> "    " + node.name() + " calls " + method.getName());
        }
        if (world.turns().now() == null) {
            world.judge().broken("threads", node.name() + " called " + method.getName() + " where nothing may block");
        }
        Node.Trouble trouble = node.takeTrouble();
        if (world.isStoreAway() || trouble == Node.Trouble.FAILS) {
            world.story().tell(() -> "    " + node.name() + ": " + method.getName() + " fails, nothing is done");
            world.turns().pause();
            throw new StoreUnavailableException("simulated: away");
        }
        world.storesBy(node.skewMillis());
        Object result = call(method, arguments);
        world.judge().saw(method.getName(), arguments == null ? new Object[0] : arguments, result);
        if (trouble == Node.Trouble.LOSES_ITS_ANSWER) {
            world.story().tell(() -> "    " + node.name() + ": " + method.getName() + " is done, its answer is lost");
            world.turns().pause();
            throw new StoreUnavailableException("simulated: the answer is lost");
        }
        world.turns().pause();
        return result;
    }

    private @Nullable Object call(Method method, Object @Nullable [] arguments) throws Throwable {
        try {
            return method.invoke(real, arguments);
        } catch (InvocationTargetException thrown) {
            throw thrown.getCause();
        }
    }
}
