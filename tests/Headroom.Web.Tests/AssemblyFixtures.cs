using Headroom.Testing;

[assembly: AssemblyFixture(typeof(PostgresCluster))]
