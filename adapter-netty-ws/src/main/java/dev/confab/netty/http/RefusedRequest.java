package dev.confab.netty.http;

import dev.confab.netty.wire.Problem;

/**
 * Stands in the pipeline for a request that cannot be read or taken, so that its answer keeps its place behind those of
 * earlier requests.
 *
 * @param retryAfterSeconds what {@code Retry-After} says; 0: nothing
 * @param close whether the connection is of no more use
 */
record RefusedRequest(Problem problem, long retryAfterSeconds, boolean close) {}
