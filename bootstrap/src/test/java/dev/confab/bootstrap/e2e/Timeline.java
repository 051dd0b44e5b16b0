package dev.confab.bootstrap.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/** What must hold of what somebody was shown of a room. */
final class Timeline {

    private Timeline() {}

    /** Each once, in the order 1 to n without a hole, with ids that rise. */
    static void assertWhole(List<JsonNode> messages, int count) {
        assertThat(messages.stream().map(message -> message.path("seq").asLong()))
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, count).boxed().toList());
        assertThat(messages.stream().map(message -> message.path("id").asText()))
                .isSorted()
                .doesNotHaveDuplicates();
    }

    /** Nothing that was accepted is missing, and nothing else is there. */
    static void assertHolds(List<JsonNode> messages, Set<String> acceptedClientMsgIds) {
        assertThat(messages.stream()
                        .map(message -> message.path("clientMsgId").asText())
                        .collect(Collectors.toSet()))
                .isEqualTo(acceptedClientMsgIds);
        assertThat(messages).hasSameSizeAs(acceptedClientMsgIds);
    }
}
