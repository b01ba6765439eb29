package io.gonkapulse.networksimulator;

import io.gonkapulse.networksimulator.faults.EndpointFault;
import io.gonkapulse.networksimulator.http.RequestHead;
import java.util.Set;

/** The routes of one type of tracker API behind an endpoint. */
interface EndpointHandler {

    EndpointResponse respond(RequestHead request, Set<EndpointFault> faults);
}
