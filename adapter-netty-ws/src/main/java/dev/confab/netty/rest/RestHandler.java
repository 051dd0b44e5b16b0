package dev.confab.netty.rest;

import dev.confab.chat.model.Principal;
import dev.confab.chat.model.Refusal;
import dev.confab.chat.port.in.Authenticate;
import dev.confab.chat.port.in.MeetUser;
import dev.confab.netty.http.RequestTarget;
import dev.confab.netty.limit.ClientAddress;
import dev.confab.netty.limit.Limits;
import dev.confab.netty.offload.Offloads;
import dev.confab.netty.wire.MalformedJsonException;
import dev.confab.netty.wire.Problem;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Answers requests: finds the route, asks who calls, counts the call, runs the endpoint and writes what it answered. One
 * request of a connection at a time is expected; shared by all connections.
 */
@ChannelHandler.Sharable
final class RestHandler extends SimpleChannelInboundHandler<FullHttpRequest> {

    private static final String SCHEME = "bearer ";

    private final Router router;
    private final Authenticate authenticate;
    private final MeetUser meetUser;
    private final Limits limits;
    private final Offloads offloads;

    RestHandler(Router router, Authenticate authenticate, MeetUser meetUser, Limits limits, Offloads offloads) {
        super(false);
        this.router = router;
        this.authenticate = authenticate;
        this.meetUser = meetUser;
        this.limits = limits;
        this.offloads = offloads;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, FullHttpRequest request) {
        try {
            handle(ctx, request);
        } catch (RuntimeException | MalformedJsonException e) {
            fail(ctx, request, e);
        }
    }

    private void handle(ChannelHandlerContext ctx, FullHttpRequest request) throws MalformedJsonException {
        ClientAddress address = ClientAddress.of(ctx.channel().remoteAddress());
        String path = RequestTarget.path(request.uri());
        switch (router.find(request.method(), path)) {
            case Router.Found found -> serve(ctx, request, found.route(), admit(request, found, address));
            case Router.WrongMethod wrong -> {
                count(limits.takeAddress(address));
                finish(ctx, request, wrongMethod(request, wrong.allowed()).encode(ctx.alloc()));
            }
            case Router.Nothing nothing -> {
                count(limits.takeAddress(address));
                boolean server = path.equals("*") && request.method().equals(HttpMethod.OPTIONS);
                Answer answer = server
                        ? allow(Answer.noContent(), router.methods())
                        : Answer.problem(Refusal.of(Refusal.Code.NOT_FOUND));
                finish(ctx, request, answer.encode(ctx.alloc()));
            }
        }
    }

    private static Answer wrongMethod(FullHttpRequest request, Set<String> allowed) {
        if (request.method().equals(HttpMethod.OPTIONS)) {
            return allow(Answer.noContent(), allowed);
        }
        return allow(
                Answer.problem(Problem.of(405, "method-not-allowed", "This path does not know that method.")), allowed);
    }

    private static Answer allow(Answer answer, Set<String> methods) {
        return answer.withHeader("allow", String.join(", ", methods));
    }

    private Call admit(FullHttpRequest request, Router.Found found, ClientAddress address) {
        @Nullable Principal principal = null;
        switch (found.route().access()) {
            case OPEN -> {}
            case ADDRESS -> count(limits.takeAddress(address));
            case USER -> {
                principal = principal(request, address);
                count(limits.takeRest(principal.userId()));
            }
        }
        return new Call(request, found.parameters(), principal, address);
    }

    private Principal principal(FullHttpRequest request, ClientAddress address) {
        String header = request.headers().get(HttpHeaderNames.AUTHORIZATION);
        boolean bearer = header != null && header.regionMatches(true, 0, SCHEME, 0, SCHEME.length());
        Optional<Principal> principal = bearer
                ? authenticate.authenticate(header.substring(SCHEME.length()).strip())
                : Optional.empty();
        if (principal.isPresent()) {
            return principal.get();
        }
        count(limits.takeAddress(address));
        throw ProblemException.unauthenticated(bearer);
    }

    private static void count(long waitNanos) {
        if (waitNanos > 0) {
            throw ProblemException.rateLimited(waitNanos);
        }
    }

    /** A host product's user who is new here gets an account first, which blocks. */
    private void serve(ChannelHandlerContext ctx, FullHttpRequest request, Route route, Call call)
            throws MalformedJsonException {
        Principal principal = call.principal();
        if (principal == null || meetUser.knows(principal)) {
            run(ctx, request, route, call);
            return;
        }
        boolean taken = offloads.stores()
                .run(
                        ctx.executor(),
                        () -> meetUser.meet(principal),
                        met -> goOn(ctx, request, route, call),
                        thrown -> fail(ctx, request, thrown));
        if (!taken) {
            throw new ProblemException(Refusal.of(Refusal.Code.UNAVAILABLE));
        }
    }

    private void goOn(ChannelHandlerContext ctx, FullHttpRequest request, Route route, Call call) {
        try {
            run(ctx, request, route, call);
        } catch (RuntimeException | MalformedJsonException e) {
            fail(ctx, request, e);
        }
    }

    private void run(ChannelHandlerContext ctx, FullHttpRequest request, Route route, Call call)
            throws MalformedJsonException {
        switch (route.work()) {
            case Route.Prompt prompt ->
                prompt.endpoint().answer(call).whenComplete((answer, thrown) -> {
                    FullHttpResponse response = encode(ctx, request, answer, thrown);
                    if (ctx.executor().inEventLoop()) {
                        finish(ctx, request, response);
                    } else {
                        ctx.executor().execute(() -> finish(ctx, request, response));
                    }
                });
            case Route.Blocking blocking -> {
                boolean taken = blocking.pool()
                        .apply(offloads)
                        .run(
                                ctx.executor(),
                                () -> blocking.endpoint().answer(call).encode(ctx.alloc()),
                                response -> finish(ctx, request, response),
                                thrown -> fail(ctx, request, thrown));
                if (!taken) {
                    throw new ProblemException(Refusal.of(Refusal.Code.UNAVAILABLE));
                }
            }
        }
    }

    private static FullHttpResponse encode(
            ChannelHandlerContext ctx, FullHttpRequest request, @Nullable Answer answer, @Nullable Throwable thrown) {
        if (answer != null) {
            try {
                return answer.encode(ctx.alloc());
            } catch (RuntimeException e) {
                return Failures.answer(e, what(request)).encode(ctx.alloc());
            }
        }
        Throwable failure = thrown == null ? new IllegalStateException("neither an answer nor a failure") : thrown;
        return Failures.answer(failure, what(request)).encode(ctx.alloc());
    }

    private static void fail(ChannelHandlerContext ctx, FullHttpRequest request, Throwable thrown) {
        finish(ctx, request, Failures.answer(thrown, what(request)).encode(ctx.alloc()));
    }

    private static void finish(ChannelHandlerContext ctx, FullHttpRequest request, FullHttpResponse response) {
        request.release();
        ctx.writeAndFlush(response);
    }

    private static String what(FullHttpRequest request) {
        return request.method() + " " + RequestTarget.path(request.uri());
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        ctx.close();
    }
}
