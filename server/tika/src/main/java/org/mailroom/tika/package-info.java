/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Tika's parsers behind HTTP, for the trial server: documents come in by {@code PUT /tika}, plain text goes out, as with
 * Tika's own server. A process of its own, so that a document that takes all heap or time does not take James with it.
 * Nothing of James or of the plugin lives here, and nothing here ships.
 */
package org.mailroom.tika;
