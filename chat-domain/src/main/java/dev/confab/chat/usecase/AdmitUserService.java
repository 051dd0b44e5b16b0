package dev.confab.chat.usecase;

import dev.confab.chat.model.Principal;
import dev.confab.chat.model.Refusal;
import dev.confab.chat.model.Result;
import dev.confab.chat.model.User;
import dev.confab.chat.port.in.AdmitUser;
import dev.confab.chat.port.in.MeetUser;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;

/** Meets those who connect when it is their turn; who has gone meanwhile costs nothing. */
final class AdmitUserService implements AdmitUser {

    private final Admission admission;
    private final MeetUser meetUser;

    AdmitUserService(Admission admission, MeetUser meetUser) {
        this.admission = admission;
        this.meetUser = meetUser;
    }

    @Override
    public CompletionStage<Result<User>> admit(Principal principal, BooleanSupplier isThere) {
        return admission
                .letIn(() -> isThere.getAsBoolean() ? meetUser.meet(principal) : turnedAway())
                .orElseGet(() -> CompletableFuture.completedFuture(turnedAway()));
    }

    private static Result<User> turnedAway() {
        return Result.refused(Refusal.Code.UNAVAILABLE);
    }
}
