"""Which function makes which resource type."""

kinds = {}


def resource(type_name):
    """Registers what makes a resource of this type, from a name that CloudFormation made up and the properties.

    It returns what Ref gives, the attributes that Fn::GetAtt gives, and a function that deletes the resource.
    """

    def register(make):
        kinds[type_name] = make
        return make

    return register
