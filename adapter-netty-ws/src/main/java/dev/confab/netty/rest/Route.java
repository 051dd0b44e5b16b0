package dev.confab.netty.rest;

import dev.confab.netty.offload.Offload;
import dev.confab.netty.offload.Offloads;
import dev.confab.netty.wire.MalformedJsonException;
import io.netty.handler.codec.http.HttpMethod;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * One method on one path.
 *
 * @param template the path; {@code {name}} stands for any one segment
 */
record Route(HttpMethod method, String template, Access access, Work work) {

    /** What is done. */
    sealed interface Work {}

    /** Done off the event loop, in one of the pools. */
    record Blocking(Function<Offloads, Offload> pool, Endpoint endpoint) implements Work {}

    /** Done on the event loop. */
    record Prompt(PromptEndpoint endpoint) implements Work {}

    /** Answers a call. May block. */
    @FunctionalInterface
    interface Endpoint {
        Answer answer(Call call) throws MalformedJsonException;
    }

    /** Answers a call. Must not block; the stage may complete on any thread. */
    @FunctionalInterface
    interface PromptEndpoint {
        CompletionStage<Answer> answer(Call call) throws MalformedJsonException;
    }

    static Route open(HttpMethod method, String template, PromptEndpoint endpoint) {
        return new Route(method, template, Access.OPEN, new Prompt(endpoint));
    }

    static Route anybody(HttpMethod method, String template, Function<Offloads, Offload> pool, Endpoint endpoint) {
        return new Route(method, template, Access.ADDRESS, new Blocking(pool, endpoint));
    }

    static Route user(HttpMethod method, String template, Endpoint endpoint) {
        return new Route(method, template, Access.USER, new Blocking(Offloads::stores, endpoint));
    }

    static Route userPrompt(HttpMethod method, String template, PromptEndpoint endpoint) {
        return new Route(method, template, Access.USER, new Prompt(endpoint));
    }

    List<String> segments() {
        return List.of(template.split("/", -1));
    }
}
