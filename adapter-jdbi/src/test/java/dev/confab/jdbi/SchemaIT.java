package dev.confab.jdbi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confab.chat.model.Epoch;
import dev.confab.testkit.AtOnce;
import dev.confab.testkit.MutableClock;
import dev.confab.testkit.Samples;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

/** How a database gets its tables. */
final class SchemaIT {

    private final JdbiSettings settings = PostgresFixture.newDatabase();

    private JdbiStores open() {
        return JdbiStores.open(settings, new MutableClock(), Samples.RANDOM);
    }

    private void sql(String statement) throws SQLException {
        try (Connection connection = DriverManager.getConnection(settings.url(), settings.user(), settings.password());
                Statement run = connection.createStatement()) {
            run.execute(statement);
        }
    }

    /** The newest version that this program brings a database to. */
    private String known() throws SQLException {
        open().close();
        try (Connection connection = DriverManager.getConnection(settings.url(), settings.user(), settings.password());
                Statement ask = connection.createStatement();
                ResultSet row = ask.executeQuery("select max(cast(version as integer)) from confab_schema_history")) {
            row.next();
            return row.getString(1);
        }
    }

    @Test
    void serversThatStartAtOnceDoNotCollide() {
        assertThat(AtOnce.call(6, server -> epoch())).hasSize(6).containsOnly(epoch());
    }

    private Epoch epoch() {
        try (JdbiStores stores = open()) {
            return stores.messageLog().epoch();
        }
    }

    @Test
    void aNewerSchemaIsRefusedInPlainWords() throws SQLException {
        String known = known();
        sql("insert into confab_schema_history (installed_rank, version, description, type, script, installed_by,"
                + " execution_time, success) values (99, '99', 'later', 'SQL', 'V99__later.sql', 'x', 1, true)");

        assertThatThrownBy(this::open)
                .isInstanceOf(SchemaTooNewException.class)
                .hasMessage("The database has schema version 99, this program knows versions up to " + known
                        + ". Run the newer program, or use another database.");
    }

    @Test
    void tablesOfTheHostAreLeftAlone() throws SQLException {
        sql("create table orders (id integer)");
        sql("create table flyway_schema_history (host text)");

        open().close();

        sql("select host from flyway_schema_history");
        sql("select id from orders");
    }
}
