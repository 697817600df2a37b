using Headroom.EndToEnd.Tests;
using Headroom.Testing;

[assembly: AssemblyFixture(typeof(PostgresCluster))]
[assembly: AssemblyFixture(typeof(BrowserSession))]
