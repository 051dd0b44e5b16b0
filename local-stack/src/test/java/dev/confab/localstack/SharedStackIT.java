package dev.confab.localstack;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

class SharedStackIT {

    private final SharedStack stack = SharedStack.get();

    @Test
    void databasesAreEmptyAndApart() throws SQLException {
        String first = stack.newDatabase();
        String second = stack.newDatabase();
        execute(first, "CREATE TABLE t (i int)");
        execute(second, "CREATE TABLE t (i int)");
        assertThat(first).isNotEqualTo(second);
    }

    @Test
    void redisDatabasesAndTopicPrefixesAreApart() {
        assertThat(stack.newRedisDatabase()).isNotEqualTo(stack.newRedisDatabase());
        assertThat(stack.newTopicPrefix()).isNotEqualTo(stack.newTopicPrefix());
    }

    @Test
    void everybodyGetsTheSameStack() {
        assertThat(SharedStack.get()).isSameAs(stack);
        assertThat(TestRun.current().joinStack().kafkaPort())
                .isEqualTo(Integer.parseInt(stack.kafkaBootstrap().split(":", -1)[1]));
    }

    private void execute(String url, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url, stack.postgresUser(), stack.postgresPassword());
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
