/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Measures Mailroom beside James's own searches: the same mail, the same questions, in one run, each answer checked against
 * {@code match}.
 *
 * <p>Comes in: {@link org.mailroom.server.benchmark.BenchmarkSettings} from system properties, mail of the corpus or the sample
 * ({@link org.mailroom.server.benchmark.BenchmarkMail}). Goes out: {@link org.mailroom.server.benchmark.Results} to
 * {@code target/benchmark} and, where asked for, into the README. Must not live here: an assertion about time.
 */
package org.mailroom.server.benchmark;
