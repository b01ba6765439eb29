/** What is looked at between the network and Kafka's consumer: how much memory a fetched batch will take. */
@NullMarked
package io.gonkapulse.workercore.consumer;

import org.jspecify.annotations.NullMarked;
