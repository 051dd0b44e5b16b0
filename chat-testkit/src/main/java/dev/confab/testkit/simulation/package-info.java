/**
 * A deterministic simulation: gateways, workers, relays and clients around the in-memory stores and a simulated log, one
 * thing at a time in an order that a seed decides, with crashes, lost answers, late and repeated deliveries between any
 * two steps, and a judge that looks at what was stored and shown after each of them.
 *
 * <p>Threads: blocking parts of the domain run on virtual threads that take turns; only one of them ever runs, and it
 * hands over at each call of a port. What happens between two calls of ports is one step.
 *
 * <p>No real clock, network or chance may enter, nor any adapter but the in-memory ones.
 */
@NullMarked
package dev.confab.testkit.simulation;

import org.jspecify.annotations.NullMarked;
