package dev.confab.jdbi;

/** The database was migrated by a newer program than this one, which cannot know what its tables mean. */
public final class SchemaTooNewException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    SchemaTooNewException(String found, String known) {
        super("The database has schema version " + found + ", this program knows versions up to " + known
                + ". Run the newer program, or use another database.");
    }
}
