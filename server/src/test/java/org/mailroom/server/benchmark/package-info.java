/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Measures Mailroom beside James's own searches: the same mail, the same questions, in one run, each answer checked against
 * {@code match}. Mail comes from the corpus or the sample; tables go to {@code target/benchmark}.
 */
package org.mailroom.server.benchmark;
