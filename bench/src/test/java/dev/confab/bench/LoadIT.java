package dev.confab.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.bench.history.Verdict;
import dev.confab.bench.load.Fleet;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A thousand members of one room over two gateways: each of a hundred messages reaches each of them once and in order (G3,
 * G5, G7), also when a gateway and a worker are killed in between.
 */
class LoadIT {

    private static final int MEMBERS = 1_000;
    private static final int MESSAGES = 100;

    @TempDir
    private Path folder;

    private final PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);

    @Test
    void aHundredMessagesReachAThousandMembersOnceAndInOrder() throws Exception {
        // The second room is for the second run: what is stored in a room is compared with what one run sent.
        LoadPlan plan = new LoadPlan(MEMBERS, 2, MEMBERS, 10, 2, 2, 25, MESSAGES, 1, 0, 128, 1);
        try (LoadServers servers = LoadServers.start(plan, out, Clock.systemUTC())) {
            Verdict quiet = run(plan, servers, 0, false);
            assertHeld(quiet);
            assertThat(quiet.tally().connections()).isGreaterThanOrEqualTo(MEMBERS);

            Verdict killed = run(plan, servers, 1, true);
            assertHeld(killed);
            assertThat(killed.tally().connections())
                    .as("those of the gateway that was killed came back")
                    .isGreaterThanOrEqualTo(MEMBERS + MEMBERS / 2);
            assertThat(killed.tally().resumes()).isGreaterThanOrEqualTo(MEMBERS / 2);
        }
    }

    private static void assertHeld(Verdict verdict) {
        assertThat(verdict.holds()).as(verdict.report()).isTrue();
        assertThat(verdict.tally().accepted()).isEqualTo(MESSAGES);
        assertThat(verdict.tally().expected()).isEqualTo(MEMBERS * MESSAGES);
        assertThat(verdict.tally().delivered()).isEqualTo(MEMBERS * MESSAGES);
    }

    private Verdict run(LoadPlan both, LoadServers servers, int room, boolean kill) throws Exception {
        LoadPlan plan = new LoadPlan(
                both.users(),
                1,
                both.members(),
                both.senders(),
                both.gateways(),
                both.workers(),
                both.rate(),
                both.messages(),
                both.seconds(),
                both.warmUp(),
                both.size(),
                both.seed());
        List<Fleet.Person> people = servers.people().stream()
                .map(each -> new Fleet.Person(each.user(), each.token(), List.of(0)))
                .toList();
        List<String> rooms = List.of(servers.rooms().get(room));
        try (LoadRun run = LoadRun.open(
                plan, servers.addresses(), rooms, people, folder.resolve(room + ".jsonl"), out, Clock.systemUTC())) {
            run.connect();
            run.send(
                    kill
                            ? () -> {
                                run.fault("kill -9 of a gateway and a worker");
                                servers.killOneOfEach();
                            }
                            : null);
            return run.end();
        }
    }
}
