/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Mailroom's figures in James's metrics, from which Prometheus and Graphite get them: counters come in from searches and
 * indexes, gauges go out to James's registry. Names are those of {@code docs/metrics.md}. Nothing of what is searched for, and
 * no user's name, is in them.
 */
package org.mailroom.mailbox.metrics;
