package dev.confab.chat.usecase;

import dev.confab.chat.model.InquiryId;
import dev.confab.chat.model.Message;
import dev.confab.chat.model.ServerId;
import dev.confab.chat.model.Signal;
import dev.confab.chat.model.TraceStep;
import dev.confab.chat.port.out.Signals;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Asks all gateways what became of a message on its way out. Signals get lost and are heard only a moment after one
 * begins to listen, so the question is repeated for as long as answers are waited for; who does not answer in that time
 * is not among the answers.
 */
final class DeliveryInquiry {

    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final Duration BETWEEN = Duration.ofMillis(250);

    private final Signals signals;

    DeliveryInquiry(Signals signals) {
        this.signals = signals;
    }

    /** What those who answered say, in no order. Takes the listener of the signals for itself. */
    List<TraceStep.Delivered> ask(Message message) {
        InquiryId inquiry = InquiryId.random();
        Map<ServerId, TraceStep.Delivered> answers = new ConcurrentHashMap<>();
        signals.onSignal(signal -> {
            if (signal instanceof Signal.DeliveryTold told && told.inquiryId().equals(inquiry)) {
                answers.put(told.delivered().serverId(), told.delivered());
            }
        });
        CountDownLatch never = new CountDownLatch(1);
        long begin = System.nanoTime();
        try {
            do {
                signals.send(new Signal.DeliveryAsked(inquiry, message.roomId(), message.seq(), message.createdAt()));
            } while (!never.await(BETWEEN.toMillis(), TimeUnit.MILLISECONDS)
                    && System.nanoTime() - begin < PATIENCE.toNanos());
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
        return List.copyOf(answers.values());
    }
}
