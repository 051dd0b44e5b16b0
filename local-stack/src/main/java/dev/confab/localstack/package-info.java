/**
 * PostgreSQL, Redis and Kafka as child processes of this program, from Maven artifacts, without Docker.
 *
 * <p>{@link dev.confab.localstack.LocalStack} is the door. Everything public here may be called from any thread; starting
 * and stopping block and are not for an event loop.
 *
 * <p>What must not enter: anything of the chat. This module starts servers and says where they are; schemas, topics and
 * keys belong to the adapters. The broker's classes are used only inside the child process it runs in.
 */
@NullMarked
package dev.confab.localstack;

import org.jspecify.annotations.NullMarked;
