package dev.confab.chat.port.out;

/** Hashes passwords, slowly on purpose. Calls block for tens of milliseconds; safe on any thread. */
public interface PasswordHasher {

    /** Hashes a password with a new salt. */
    PasswordHash hash(String password);

    /** Whether the password is the hashed one. Takes as long for a wrong one as for the right one. */
    boolean matches(String password, PasswordHash hash);
}
