/** Tests of the Kafka adapter against a real broker. */
@NullMarked
package dev.confab.kafka;

import org.jspecify.annotations.NullMarked;
