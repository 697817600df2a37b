using Headroom.Storage.Model;

namespace Headroom.Web.Features.People;

/// <summary>What a role may do, in a few words.</summary>
internal static class RoleWords
{
    public static string Of(PersonRole role) => role switch
    {
        PersonRole.Viewer => "reads everything",
        PersonRole.Operator => "also starts and stops work",
        _ => "also decides who may do what",
    };
}
