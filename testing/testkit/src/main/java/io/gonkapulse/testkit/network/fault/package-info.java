/** Spoils answers on purpose: what is said, how it is spelled, how it is sent. */
@NullMarked
package io.gonkapulse.testkit.network.fault;

import org.jspecify.annotations.NullMarked;
