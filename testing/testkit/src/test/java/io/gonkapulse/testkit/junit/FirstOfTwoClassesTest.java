package io.gonkapulse.testkit.junit;

class FirstOfTwoClassesTest implements LeavesEverythingBehind {}
