/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Decides where the mail of local users is stored. A mailet calls {@link org.mailroom.mailets.delivery.DeliveryRules}
 * or {@link org.mailroom.mailets.delivery.MailetAction}; the outcome of the rules for each recipient comes in, and
 * James's storage directive goes out, by which LocalDelivery stores the mail. This package also does what the directive
 * cannot say: further copies, flags that it lacks, handing over to a processor. {@code conditions} says whether mail
 * matches, {@code rules} what actions mean. No mail is lost or bounced here: what fails is logged, and the mail is
 * delivered as if no rule had asked for it.
 */
package org.mailroom.mailets.delivery;
