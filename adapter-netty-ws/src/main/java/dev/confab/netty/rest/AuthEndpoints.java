package dev.confab.netty.rest;

import static io.netty.handler.codec.http.HttpMethod.POST;

import dev.confab.chat.Chat;
import dev.confab.chat.model.Refusal;
import dev.confab.chat.model.Result;
import dev.confab.chat.port.in.Login;
import dev.confab.netty.limit.Limits;
import dev.confab.netty.offload.Offloads;
import dev.confab.netty.wire.ChatJson;
import dev.confab.netty.wire.Fields;
import dev.confab.netty.wire.MalformedJsonException;
import java.util.List;
import java.util.Optional;

/** Accounts and logins. */
final class AuthEndpoints {

    private final Chat chat;
    private final Limits limits;

    AuthEndpoints(Chat chat, Limits limits) {
        this.chat = chat;
        this.limits = limits;
    }

    List<Route> routes() {
        return List.of(
                Route.anybody(POST, "/auth/register", Offloads::passwords, this::register),
                Route.anybody(POST, "/auth/login", Offloads::passwords, this::logIn),
                Route.anybody(POST, "/auth/refresh", Offloads::stores, this::refresh),
                Route.user(POST, "/auth/logout", this::logOut));
    }

    private Answer register(Call call) throws MalformedJsonException {
        Fields fields = call.fields();
        String email = fields.text("email");
        String password = fields.text("password");
        String nickname = fields.text("nickname");
        Call.check(fields);
        long wait = limits.takeRegister(call.address());
        if (wait > 0) {
            throw ProblemException.rateLimited(wait);
        }
        return Answer.of(
                chat.registerUser().register(email, password, nickname),
                user -> Answer.json(201, json -> ChatJson.account(json, user)));
    }

    private Answer logIn(Call call) throws MalformedJsonException {
        Fields fields = call.fields();
        String email = fields.text("email");
        String password = fields.text("password");
        Call.check(fields);
        String account = email == null ? "" : email.strip();
        // Taken before and given back after a success: guesses that run side by side must not all pass. This pool has
        // few threads, so that logins of one account that all succeed do not use up each other's tokens.
        long wait = limits.takeLogin(account, call.address());
        if (wait > 0) {
            throw ProblemException.rateLimited(wait);
        }
        boolean guessed = false;
        try {
            Result<Login> result = chat.logIn().logIn(email, password);
            guessed = result instanceof Result.Refused<Login> refused
                    && refused.refusal().code() == Refusal.Code.BAD_CREDENTIALS;
            return Answer.of(result, AuthEndpoints::tokens);
        } finally {
            if (!guessed) {
                limits.giveBackLogin(account, call.address());
            }
        }
    }

    private Answer refresh(Call call) throws MalformedJsonException {
        return Answer.of(chat.refreshLogin().refresh(refreshToken(call)), AuthEndpoints::tokens);
    }

    private Answer logOut(Call call) throws MalformedJsonException {
        chat.logOut().logOut(refreshToken(call));
        return Answer.noContent();
    }

    private static String refreshToken(Call call) throws MalformedJsonException {
        Fields fields = call.fields();
        Optional<String> token = fields.requiredText("refreshToken");
        Call.check(fields);
        return token.orElseThrow();
    }

    private static Answer tokens(Login login) {
        return Answer.ok(json -> {
            json.writeStartObject();
            json.writeStringField("accessToken", login.accessToken());
            json.writeStringField("tokenType", "Bearer");
            json.writeNumberField("expiresIn", login.expiresIn().toSeconds());
            json.writeStringField("refreshToken", login.refreshToken());
            json.writeObjectFieldStart("user");
            json.writeStringField("id", login.user().id().toString());
            json.writeStringField("email", login.user().email());
            json.writeStringField("nickname", login.user().nickname());
            json.writeEndObject();
            json.writeEndObject();
        });
    }
}
