package dev.confab.netty.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.chat.model.Refusal;
import dev.confab.chat.model.Violation;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ProblemTest {

    private static String text(Problem problem) {
        ByteBuf written = Json.encode(ByteBufAllocator.DEFAULT, problem);
        try {
            return written.toString(StandardCharsets.UTF_8);
        } finally {
            written.release();
        }
    }

    @Test
    void aProblemHasTheFieldsOfTheStandardAndOurs() {
        Refusal refusal = Refusal.invalid(List.of(new Violation("name", "empty", "name must not be empty")));

        assertThat(text(Problem.of(refusal)))
                .isEqualTo("{\"type\":\"about:blank\",\"title\":\"Bad Request\",\"status\":400,"
                        + "\"detail\":\"name must not be empty\",\"code\":\"validation\",\"errors\":[{\"field\":\"name\","
                        + "\"rule\":\"empty\",\"message\":\"name must not be empty\"}],\"retryable\":false}");
        assertThat(text(Problem.of(Refusal.Code.UNAVAILABLE)))
                .contains("\"status\":503", "\"retryable\":true")
                .doesNotContain("errors");
    }

    @ParameterizedTest
    @CsvSource({
        "VALIDATION, 400",
        "UNAUTHENTICATED, 401",
        "BAD_CREDENTIALS, 401",
        "NOT_A_MEMBER, 403",
        "FORBIDDEN, 403",
        "BANNED, 403",
        "NOT_FOUND, 404",
        "ROOM_NOT_FOUND, 404",
        "MESSAGE_NOT_FOUND, 404",
        "USER_NOT_FOUND, 404",
        "EMAIL_TAKEN, 409",
        "ROOM_FULL, 409",
        "ROOM_CLOSED, 409",
        "PARKED, 409",
        "RATE_LIMITED, 429",
        "UNAVAILABLE, 503",
        "OUTCOME_UNKNOWN, 503",
    })
    void everyRefusalHasItsStatus(Refusal.Code code, int status) {
        Problem problem = Problem.of(code);

        assertThat(problem.status()).isEqualTo(status);
        assertThat(problem.code()).isEqualTo(code.word());
        assertThat(problem.retryable()).isEqualTo(code.retryable());
    }
}
