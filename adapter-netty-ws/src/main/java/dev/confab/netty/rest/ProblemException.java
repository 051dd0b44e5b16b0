package dev.confab.netty.rest;

import dev.confab.chat.model.Refusal;
import dev.confab.netty.http.Responses;
import dev.confab.netty.wire.Problem;

/** Ends an endpoint early with a problem. Never leaves this package. */
final class ProblemException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Answer answer;

    private ProblemException(Answer answer) {
        // Part of normal life and made at the will of clients: no stack trace.
        super(null, null, false, false);
        this.answer = answer;
    }

    ProblemException(Problem problem) {
        this(Answer.problem(problem));
    }

    ProblemException(Refusal refusal) {
        this(Problem.of(refusal));
    }

    static ProblemException rateLimited(long waitNanos) {
        return new ProblemException(Answer.problem(Problem.of(Refusal.Code.RATE_LIMITED))
                .withHeader("retry-after", Long.toString(Responses.wholeSeconds(waitNanos))));
    }

    /**
     * @param tokenWasSent whether there was a token that is not (any longer) valid (RFC 6750 section 3.1)
     */
    static ProblemException unauthenticated(boolean tokenWasSent) {
        Answer answer = Answer.problem(Problem.of(Refusal.Code.UNAUTHENTICATED));
        return new ProblemException(
                tokenWasSent
                        ? answer.withHeader("www-authenticate", "Bearer realm=\"confab\", error=\"invalid_token\"")
                        : answer);
    }

    Answer answer() {
        return answer;
    }
}
