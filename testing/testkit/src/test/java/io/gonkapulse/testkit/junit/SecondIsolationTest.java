package io.gonkapulse.testkit.junit;

class SecondIsolationTest implements ClassIsolationContract {}
