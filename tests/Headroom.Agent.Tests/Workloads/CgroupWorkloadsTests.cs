using Headroom.Agent.Workloads;
using Headroom.Agent.Workloads.Discovery;
using Headroom.Agent.Workloads.Discovery.Patterns;

namespace Headroom.Agent.Tests.Workloads;

public sealed class CgroupWorkloadsTests
{
    private static readonly string Outer = new('a', 64);
    private static readonly string Inner = new('b', 64);

    [Fact]
    public void A_unit_inside_a_container_is_part_of_the_container() =>
        Assert.Equal([Outer], Chosen($"/docker/{Outer}", $"/docker/{Outer}/system.slice", $"/docker/{Outer}/system.slice/cron.service"));

    [Fact]
    public void A_container_that_holds_containers_gives_way_to_them() =>
        Assert.Equal([Inner], Chosen($"/docker/{Outer}", $"/docker/{Outer}/kubepods", $"/docker/{Outer}/kubepods/pod8a3f2b1c-4d5e-6f70-8192-a3b4c5d6e7f8/{Inner}"));

    [Fact]
    public void A_users_manager_gives_way_to_the_users_programs() => Assert.Equal(
        ["/user.slice/user-1000.slice/user@1000.service/app.slice/app-editor.scope"],
        Chosen("/user.slice/user-1000.slice/user@1000.service", "/user.slice/user-1000.slice/user@1000.service/app.slice/app-editor.scope"));

    [Fact]
    public void Neighbours_with_like_names_do_not_hide_one_another() => Assert.Equal(
        ["/system.slice/a.service", "/system.slice/a.service-b.service"],
        Chosen("/system.slice/a.service", "/system.slice/a.service-b.service").Order(StringComparer.Ordinal));

    private static IReadOnlyList<string> Chosen(params string[] paths) =>
        [.. new CgroupWorkloads(CgroupPatternTable.Create(new WorkloadOptions())).Choose(paths).Select(identity => identity.Key)];
}
