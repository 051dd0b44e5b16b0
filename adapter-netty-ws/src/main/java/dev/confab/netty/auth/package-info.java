/**
 * Proofs of identity: signed access tokens and hashed passwords.
 *
 * <p>Threads: reading a token does not block and is safe on an event loop; hashing a password blocks and must not be done
 * there.
 *
 * <p>Must not enter: requests and frames, who may do what.
 */
@NullMarked
package dev.confab.netty.auth;

import org.jspecify.annotations.NullMarked;
