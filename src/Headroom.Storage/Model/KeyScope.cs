namespace Headroom.Storage.Model;

/// <summary>What an API key is good for, never more than its owner's role. Each scope has the number of the role that may do as much.</summary>
public enum KeyScope
{
    Read = PersonRole.Viewer,
    Operate = PersonRole.Operator,
    Administer = PersonRole.Administrator,
}
