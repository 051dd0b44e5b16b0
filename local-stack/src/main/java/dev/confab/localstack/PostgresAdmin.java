package dev.confab.localstack;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;

/** Talks to a PostgreSQL of this machine as its owner. The only place of this module that uses JDBC. */
record PostgresAdmin(int port, String user, String password) {

    private static final String MAINTENANCE_DATABASE = "postgres";

    /** The JDBC URL of a database, without user and password. */
    static String url(int port, String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
    }

    /** Whether a query is answered. */
    boolean answers() {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet one = statement.executeQuery("SELECT 1")) {
            return one.next();
        } catch (SQLException e) {
            return false;
        }
    }

    /**
     * Makes an empty database, unless there is one of that name.
     *
     * @param database small letters, digits and underscores
     */
    void createDatabase(String database) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            try (ResultSet found =
                    statement.executeQuery("SELECT 1 FROM pg_database WHERE datname = '" + database + "'")) {
                if (found.next()) {
                    return;
                }
            }
            statement.execute("CREATE DATABASE " + database);
        } catch (SQLException e) {
            throw new LocalStackException("cannot create the database " + database + ": " + e.getMessage(), e);
        }
    }

    @Override
    public String toString() {
        return user + "@" + url(port, MAINTENANCE_DATABASE); // without the password
    }

    private Connection connect() throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", user);
        properties.setProperty("password", password);
        properties.setProperty("loginTimeout", "5");
        properties.setProperty("socketTimeout", "30");
        properties.setProperty("sslmode", "disable");
        return DriverManager.getConnection(url(port, MAINTENANCE_DATABASE), properties);
    }
}
