/* SPDX-License-Identifier: Apache-2.0 */
/**
 * What becomes of a mail on its way to the mailboxes of local users: what rules make of it comes in, for each recipient,
 * and James's storage directive goes out, by which LocalDelivery stores. What that cannot say is done here: further
 * copies, flags that it lacks, handing over to a processor. Whether mail matches is {@code conditions}'s business, and what
 * actions mean that of {@code rules}. Nothing here loses or bounces mail: what cannot be done is logged, and the mail is
 * delivered as if no rule had asked for it.
 */
package org.mailroom.mailets.delivery;
