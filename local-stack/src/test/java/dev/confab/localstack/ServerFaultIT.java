package dev.confab.localstack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Each server can fail alone and come back where its clients look for it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ServerFaultIT {

    private LocalStack stack = LocalStack.builder(Path.of("")).build();

    @BeforeAll
    void start(@TempDir Path folder) {
        stack = LocalStack.builder(folder)
                .durability(Durability.DISPOSABLE)
                .endWithThisProcess()
                .start();
    }

    @AfterAll
    void close() {
        stack.close();
    }

    @Test
    void whatWasCommittedSurvivesTheKillOfPostgres() throws Exception {
        StackProbe probe = new StackProbe(stack);
        probe.makeTable();
        probe.insert("before");
        assertThat(killAndStart(stack.postgres())).isTrue();
        probe.insert("after");
        assertThat(probe.words()).isEqualTo("after before");
    }

    @Test
    void aCopyThatIsPutBackForgetsWhatWasCommittedSince() throws Exception {
        StackProbe probe = new StackProbe(stack);
        probe.update("create table copied (number int)");
        probe.update("insert into copied values (1)");
        stack.postgres().takeCopy();
        for (int i = 0; i < 2; i++) {
            probe.update("insert into copied values (2)");
            assertThat(probe.query("select sum(number) from copied")).isEqualTo("3");
            stack.postgres().restoreCopy();
            assertThat(probe.query("select sum(number) from copied")).isEqualTo("1");
        }
    }

    @Test
    void topicsSurviveTheKillOfKafka() throws Exception {
        StackProbe probe = new StackProbe(stack);
        probe.makeTopic();
        assertThat(killAndStart(stack.kafka())).isTrue();
        assertThat(probe.topics()).contains(StackProbe.TOPIC);
    }

    @Test
    void redisComesBackEmptyOnTheSamePort() throws IOException {
        int port = stack.redis().port();
        assertThat(RedisProbe.ask(port, "SET word kept", "DBSIZE")).containsExactly("+OK", ":1");
        stack.redis().restart();
        assertThat(stack.redis().port()).isEqualTo(port);
        assertThat(RedisProbe.ask(port, "DBSIZE")).containsExactly(":0");
    }

    @Test
    void aPausedServerKeepsItsPortAndSaysNothing() {
        for (StackServer server : List.of(stack.postgres(), stack.redis(), stack.kafka())) {
            server.pause();
            assertThat(server.isRunning()).isTrue();
            assertThat(server.answers()).as(server.name().displayName()).isFalse();
            server.resume();
            assertThat(Await.until(java.time.Duration.ofSeconds(60), server::answers))
                    .as(server.name().displayName())
                    .isTrue();
        }
    }

    @Test
    void startingWhatRunsAndStoppingWhatDoesNotChangeNothing() {
        RedisServer redis = stack.redis();
        long pid = redis.pid().orElseThrow();
        redis.start();
        assertThat(redis.pid()).hasValue(pid);
        redis.stop();
        redis.stop();
        redis.kill();
        assertThat(redis.isRunning()).isFalse();
        redis.start();
        assertThat(redis.answers()).isTrue();
    }

    private static boolean killAndStart(StackServer server) {
        int port = server.port();
        long pid = server.pid().orElseThrow();
        server.kill();
        assertThat(server.isRunning()).isFalse();
        assertThat(ProcessIdentity.of(pid)).isEmpty();
        server.start();
        return server.port() == port && server.answers();
    }
}
