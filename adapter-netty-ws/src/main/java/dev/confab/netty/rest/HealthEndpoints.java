package dev.confab.netty.rest;

import static io.netty.handler.codec.http.HttpMethod.GET;

import dev.confab.netty.health.HealthChecks;
import dev.confab.netty.health.HealthReport;
import dev.confab.netty.health.HealthReport.Finding;
import dev.confab.netty.health.HealthReport.Status;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;

/**
 * Health. {@code /health}: everything, 503 as soon as something is down. {@code /health/ready}: whether to send traffic
 * here, that is whether messages flow and the server is not draining. {@code /health/live}: whether the process answers
 * at all; nothing that a restart would not mend is asked.
 */
final class HealthEndpoints {

    private final HealthChecks checks;
    private final BooleanSupplier draining;
    private final boolean withDetails;

    /**
     * @param withDetails for operators: how long each check took and what is wrong
     */
    HealthEndpoints(HealthChecks checks, BooleanSupplier draining, boolean withDetails) {
        this.checks = checks;
        this.draining = draining;
        this.withDetails = withDetails;
    }

    List<Route> routes() {
        return List.of(
                Route.open(
                        GET, "/health", call -> checks.report().thenApply(report -> answer(report, report.status()))),
                Route.open(GET, "/health/live", call -> CompletableFuture.completedStage(alive())),
                Route.open(GET, "/health/ready", call -> checks.report().thenApply(this::ready)));
    }

    private Answer ready(HealthReport report) {
        boolean ready = report.isReady() && !draining.getAsBoolean();
        return answer(report, ready ? Status.OK : Status.DOWN);
    }

    private static Answer alive() {
        return Answer.ok(json -> {
            json.writeStartObject();
            json.writeStringField("status", Status.OK.word());
            json.writeEndObject();
        });
    }

    private Answer answer(HealthReport report, Status status) {
        return Answer.json(status == Status.OK ? 200 : 503, json -> {
            json.writeStartObject();
            json.writeStringField("status", status.word());
            json.writeObjectFieldStart("checks");
            for (Finding finding : report.findings()) {
                json.writeObjectFieldStart(finding.name());
                json.writeStringField("status", finding.up() ? "up" : "down");
                if (withDetails) {
                    json.writeBooleanField("required", finding.required());
                    json.writeNumberField("millis", finding.millis());
                    json.writeStringField("detail", finding.detail());
                }
                json.writeEndObject();
            }
            json.writeEndObject();
            json.writeEndObject();
        });
    }
}
