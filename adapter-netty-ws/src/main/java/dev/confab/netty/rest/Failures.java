package dev.confab.netty.rest;

import dev.confab.chat.model.Refusal;
import dev.confab.chat.model.TraceId;
import dev.confab.chat.port.out.BusUnavailableException;
import dev.confab.chat.port.out.PresenceUnavailableException;
import dev.confab.chat.port.out.StoreUnavailableException;
import dev.confab.netty.wire.MalformedJsonException;
import dev.confab.netty.wire.Problem;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What clients are told when something was thrown: nothing of the inside. The one place that logs it. */
final class Failures {

    private static final Logger LOG = LoggerFactory.getLogger(Failures.class);

    private Failures() {}

    static Answer answer(Throwable thrown, String what) {
        return switch (thrown) {
            case ProblemException problem -> problem.answer();
            case MalformedJsonException malformed ->
                Answer.problem(Problem.of(400, "malformed", String.valueOf(malformed.getMessage())));
            case StoreUnavailableException away -> unavailable(away, what);
            case BusUnavailableException away -> unavailable(away, what);
            case PresenceUnavailableException away -> unavailable(away, what);
            case CompletionException wrapped when wrapped.getCause() != null -> answer(wrapped.getCause(), what);
            default -> internal(thrown, what);
        };
    }

    private static Answer unavailable(Exception away, String what) {
        // The health page and the adapter's own log tell of the outage; one line for each refused call would not help.
        LOG.debug("{}: {}", what, away.getMessage());
        return Answer.problem(Problem.of(Refusal.Code.UNAVAILABLE));
    }

    private static Answer internal(Throwable thrown, String what) {
        TraceId traceId = TraceId.random(ThreadLocalRandom.current());
        LOG.error("{} failed, trace id {}", what, traceId, thrown);
        return Answer.problem(Problem.of(
                500, "internal", "Something went wrong here. The operator finds it under trace id " + traceId + "."));
    }
}
