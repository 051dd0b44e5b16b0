package dev.confab.jdbi;

/** The database refused the data for what it is (SQLSTATE class 22 or 23). */
final class DataRefusedException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    DataRefusedException(String message, Throwable cause) {
        super(message, cause);
    }
}
