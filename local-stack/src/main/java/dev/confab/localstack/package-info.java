/**
 * PostgreSQL, Redis and Kafka as child processes of this program, without Docker.
 *
 * <p>Threads: each type says its own rule; starting and stopping block the caller.
 *
 * <p>Nothing of the chat may enter: this module starts servers and knows no messages.
 */
@NullMarked
package dev.confab.localstack;

import org.jspecify.annotations.NullMarked;
